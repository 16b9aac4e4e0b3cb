export { titleOf } from './RunRow';
export * from './Runs';

export { hasPast } from './hasPast';
export { titleOf } from './RunRow';
export * from './Runs';

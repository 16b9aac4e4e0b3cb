export { Journey } from './Journey';

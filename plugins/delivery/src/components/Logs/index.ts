export { LogPane } from './LogPane';

/**
 * What the backend parts of the delivery plugins share.
 *
 * @packageDocumentation
 */
export { askGitHost } from './askGitHost';
export { connectGitHost, type GitConnection } from './connectGitHost';

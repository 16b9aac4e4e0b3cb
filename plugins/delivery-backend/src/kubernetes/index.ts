export type { Batch } from './Store';
export * from './types';
export type { ClusterSource } from './access/kubeConfig';
export type { ClusterAccess, Connection } from './access/ClusterAccess';
export { KubeConfigAccess } from './access/kubeConfigAccess';
export { eksTokens } from './access/eksTokens';
export { azureTokens, googleTokens } from './access/cloudTokens';
export type { IssuedToken, TokenIssuer } from './access/RenewedToken';
export { HttpTransport } from './KubeTransport';
export type { KubeTransport, GetOptions, StreamOptions } from './KubeTransport';
export { KubeError } from './KubeError';
export {
  createClusterWatch,
  type ClusterWatchOptions,
} from './createClusterWatch';
export type { Clock } from './clock';
export { narrowedBy } from './kindKey';

/**
 * A Kubernetes control plane with the controllers of the golden path, as processes of this machine.
 *
 * @packageDocumentation
 */
export {
  startLocalPlatform,
  type LocalPlatform,
  type LocalPlatformOptions,
} from './startLocalPlatform.ts';
export type { PlatformStatus, SystemState, SystemStatus } from './status.ts';

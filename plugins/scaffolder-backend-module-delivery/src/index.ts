/**
 * Scaffolder actions that put an application on the golden path.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDelivery as default } from './module';

/**
 * Form fields of the golden path's templates.
 *
 * @packageDocumentation
 */
export { scaffolderDeliveryModule as default } from './module';
export { scaffolderDeliveryTranslationRef } from './translation';

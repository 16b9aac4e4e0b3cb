/**
 * What the delivery plugins share.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './permissions';
export * from './schema';
export * from './sentences';

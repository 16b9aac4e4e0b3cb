export * from './delivery';
export * from './environment';
export * from './run';
export * from './sentence';
export * from './sourceHealth';
export * from './stage';
export * from './status';
export * from './stream';

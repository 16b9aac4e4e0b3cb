export * from './LiveIndicator';
export * from './liveness';

export * from './Status';

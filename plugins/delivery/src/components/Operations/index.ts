export * from './isPipelineSuspended';
export * from './OperationButton';
export { OperationsProvider } from './OperationsProvider';

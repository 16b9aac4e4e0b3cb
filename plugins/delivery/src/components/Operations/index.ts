export * from './OperationButton';
export { OperationsProvider } from './OperationsProvider';

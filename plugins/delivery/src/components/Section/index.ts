export * from './Section';
export * from './SystemLinks';

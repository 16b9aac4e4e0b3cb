export * from './Section';
export * from './Surface';
export * from './SystemLinks';

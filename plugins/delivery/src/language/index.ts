export * from './Age';
export * from './shortened';
export * from './useWords';

export * from './GoldenPath';
export * from './stations';

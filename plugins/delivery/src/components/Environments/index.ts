export * from './CommitLine';
export * from './Environments';

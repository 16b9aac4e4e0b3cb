export * from './Headline';
export * from './trouble';

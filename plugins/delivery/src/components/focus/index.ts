export * from './focusFirst';
export * from './useJustOpened';

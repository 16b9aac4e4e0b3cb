export * from './focusAround';
export * from './focusFirst';
export * from './useJustOpened';

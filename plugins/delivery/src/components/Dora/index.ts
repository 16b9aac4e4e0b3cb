export * from './DoraFigures';

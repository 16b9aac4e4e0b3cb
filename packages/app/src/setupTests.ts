import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole portals are rendered: a busy machine takes longer than a second for one.
configure({ asyncUtilTimeout: 10_000 });

import { createDevApp } from '@backstage/frontend-dev-utils';
import plugin from '../src';
import { catalog } from './catalog';
import { fixtureApi } from './fixtureApi';
import { gallery } from './gallery';

createDevApp({ features: [plugin, catalog, fixtureApi, gallery] });

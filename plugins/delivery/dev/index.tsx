import { createDevApp } from '@backstage/frontend-dev-utils';
import plugin from '../src';
import { fixtureApi } from './fixtureApi';
import { gallery } from './gallery';

createDevApp({ features: [plugin, fixtureApi, gallery] });

import { createDevApp } from '@backstage/frontend-dev-utils';
import plugin from '../src';
import { catalog } from './catalog';
import { fixtureApi } from './fixtureApi';
import { gallery } from './gallery';
import { languages } from './languages';
import { permissions } from './permissions';

createDevApp({
  features: [plugin, catalog, fixtureApi, permissions, languages, gallery],
});

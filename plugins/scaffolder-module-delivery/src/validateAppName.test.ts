import {
  ApiHolder,
  ApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { validateAppName } from './validateAppName';

async function problems(name: string, catalog = catalogApiMock()) {
  const apis = new Map<string, unknown>([
    [catalogApiRef.id, catalog],
    [translationApiRef.id, mockApis.translation()],
  ]);
  const apiHolder: ApiHolder = {
    get: <T>(ref: ApiRef<T>) => apis.get(ref.id) as T | undefined,
  };
  const addError = jest.fn();
  await validateAppName(name, { addError }, { apiHolder });
  return addError.mock.calls.map(([message]) => message);
}

describe('validateAppName', () => {
  it.each(['shop', 's', 'a1-b2', 'a'.repeat(30)])(
    'accepts "%s"',
    async name => {
      expect(await problems(name)).toEqual([]);
    },
  );

  it.each([
    'Shop',
    '1shop',
    '-shop',
    'shop-',
    'a--b',
    'my_shop',
    'my shop',
    'shöp',
    '',
  ])('refuses "%s"', async name => {
    expect(await problems(name)).toEqual([
      'Use lower case letters, digits and single "-"; begin with a letter and end with a letter or digit.',
    ]);
  });

  it('counts the characters of a long name', async () => {
    expect(await problems('a'.repeat(31))).toEqual([
      'Use at most 30 characters; this name has 31.',
    ]);
  });

  it('asks the catalog for well formed names only', async () => {
    const catalog = catalogApiMock.mock();
    await problems('Shop', catalog as any);
    expect(catalog.getEntityByRef).not.toHaveBeenCalled();
    await problems('shop', catalog as any);
    expect(catalog.getEntityByRef).toHaveBeenCalledWith(
      'component:default/shop',
    );
  });

  it('says so when the catalog does not answer', async () => {
    const catalog = catalogApiMock.mock({
      getEntityByRef: () => Promise.reject(new Error('down')),
    });
    expect(await problems('shop', catalog as any)).toEqual([
      'The catalog does not answer, so it is unknown whether the name is free. Try again.',
    ]);
  });
});

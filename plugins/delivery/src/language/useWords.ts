import {
  appLanguageApiRef,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { sentences } from '@golden-path/plugin-delivery-common';
import type { Sentence, Stage } from '@golden-path/plugin-delivery-common';
import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { deliveryTranslationRef } from '../translation';
import { shortened } from './shortened';

/** For keys that are put together from data. */
export type AnyMessage = (
  key: string,
  values?: Record<string, string | number | string[]>,
) => string;

/** The language that the user chose, as BCP 47. */
export function useLanguage(): string {
  const languageApi = useApiHolder().get(appLanguageApiRef);
  return languageApi?.getLanguage().language ?? 'en';
}

/** What the page says, in the user's language. */
export type Words = {
  /** One of the messages of {@link deliveryTranslationRef}. */
  t: TranslationFunction<(typeof deliveryTranslationRef)['T']>;
  /** BCP 47. */
  language: string;
  /** A sentence of the backend, in English where this frontend does not know it. */
  say: (sentence: Sentence) => string;
  /** The name of a stage. */
  stageTitle: (stage: Pick<Stage, 'kind' | 'environment'>) => string;
};

/** {@inheritDoc Words} */
export function useWords(): Words {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const language = useLanguage();
  return useMemo(() => {
    const anyMessage = t as AnyMessage;
    return {
      t,
      language,
      say: sentence =>
        shortened(
          sentence.code in sentences
            ? anyMessage(`sentence.${sentence.code}`, sentence.values)
            : sentence.text,
        ),
      stageTitle: stage =>
        anyMessage(`stage.${stage.kind}`, {
          environment: stage.environment ?? '',
        }),
    };
  }, [t, language]);
}

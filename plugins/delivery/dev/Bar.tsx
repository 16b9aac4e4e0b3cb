import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link, Select, Text } from '@backstage/ui';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { deliveryStates, fleetStates } from './states';

const nameOf = (language: string) =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ??
  language;

function Language() {
  const api = useApi(appLanguageApiRef);
  const [language, setLanguage] = useState(api.getLanguage().language);
  return (
    <Select
      aria-label="Language"
      size="small"
      value={language}
      onChange={value => {
        api.setLanguage(String(value));
        setLanguage(String(value));
      }}
      options={api
        .getAvailableLanguages()
        .languages.map(value => ({ value, label: nameOf(value) }))}
    />
  );
}

/** Above each state: what it is, the way to the others, and the language. */
export function Bar() {
  const { state = '', view } = useParams();
  const states: Record<string, string> = view ? deliveryStates : fleetStates;
  const names = Object.keys(states);
  const next = names[(names.indexOf(state) + 1) % names.length];
  return (
    <Flex
      align="center"
      justify="between"
      mb="5"
      style={{ flexWrap: 'wrap' }}
      data-testid="bar"
    >
      <nav aria-label="States">
        <Flex gap="4">
          <Link href="/states">All states</Link>
          <Link href={view ? `/states/${next}/${view}` : `/fleet/${next}`}>
            Next: {next}
          </Link>
        </Flex>
      </nav>
      <Text>{states[state]}</Text>
      <Language />
    </Flex>
  );
}

/** All states, each with its links. */
export function List() {
  return (
    <>
      <Flex align="center" justify="between" mb="5">
        <Text as="h1" variant="title-medium">
          Every state
        </Text>
        <Language />
      </Flex>
      <Text as="h2" variant="title-x-small">
        Tab and card
      </Text>
      <ul>
        {Object.entries(deliveryStates).map(([state, says]) => (
          <li key={state}>
            <Link href={`/states/${state}/tab`}>{state}</Link>,{' '}
            <Link href={`/states/${state}/card`} aria-label={`${state}, card`}>
              card
            </Link>
            : {says}
          </li>
        ))}
      </ul>
      <Text as="h2" variant="title-x-small">
        All golden paths
      </Text>
      <ul>
        {Object.entries(fleetStates).map(([state, says]) => (
          <li key={state}>
            <Link href={`/fleet/${state}`}>{state}</Link>: {says}
          </li>
        ))}
      </ul>
    </>
  );
}

import { type Config, type ConfigKey, OPTIONS, type Option } from './options.ts';

const entries = (): [ConfigKey, Option<unknown>][] =>
  (Object.keys(OPTIONS) as ConfigKey[]).map((key) => [key, OPTIONS[key]]);

function shownDefault({ default: value, defaultShown }: Option<unknown>): string {
  if (defaultShown !== undefined) return defaultShown;
  return typeof value === 'string' || typeof value === 'number' ? `\`${value}\`` : '';
}

/** The reference page (docs/configuration.md), made from the table; a test compares it with the file. */
export function referencePage(): string {
  const rows = entries().map(
    ([key, option]) =>
      `| \`${option.env}\` | \`${key}\` | ${shownDefault(option)} | ${option.ko}<br>${option.en}${option.secret ? ' 🔒' : ''} |`,
  );
  return [
    '# 설정 · Configuration',
    '',
    '이 문서는 `npx medbiz config --reference`가 만듭니다. 직접 고치지 않습니다.',
    'This page is made by `npx medbiz config --reference`; do not edit it.',
    '',
    '설정은 환경 변수로 하거나, `MEDBIZ_CONFIG_FILE`이 가리키는 JSON 파일에 적습니다. 둘 다 있으면 환경 변수가 우선합니다.',
    '모르는 이름이나 잘못된 값이 있으면 시작하지 않습니다. 🔒 표시는 비밀값이며 어디에도 출력하지 않습니다.',
    '',
    'Settings come from environment variables, or from a JSON file that `MEDBIZ_CONFIG_FILE` names; the environment wins.',
    'An unknown name or a wrong value stops the start. 🔒 marks secrets; they are never printed.',
    '',
    '| 환경 변수 · variable | 파일 · file key | 기본값 · default | 뜻 · meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The settings in use, for people: secrets only say whether they are set. */
export function shownConfig(config: Config): Record<string, string | number | null> {
  return Object.fromEntries(
    entries().map(([key, option]): [string, string | number | null] => {
      const value = config[key];
      if (value === null || typeof value === 'number') return [key, value];
      return [key, option.secret || typeof value !== 'string' ? '(set)' : value];
    }),
  );
}

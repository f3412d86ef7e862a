import type { Warning } from '#config';

/** What is printed when the server has started: where to go, what is insecure, the link for the first operator. */
export function startText(started: {
  url: string;
  brand: string;
  warnings: readonly Warning[];
  operatorLink: string | null;
  linkMinutes: number;
}): string {
  const { url, brand, warnings, operatorLink, linkMinutes } = started;
  return [
    `${brand}: ${url}`,
    '  브라우저에서 위 주소를 여십시오. · Open this address in a browser.',
    '  멈추려면 Ctrl+C를 누르십시오. · Press Ctrl+C to stop.',
    ...warnings.flatMap(({ ko, en }) => ['', `주의: ${ko}`, `Caution: ${en}`]),
    ...(operatorLink === null
      ? []
      : [
          '',
          `아직 운영자가 없습니다. 이 링크로 첫 운영자 계정을 만드십시오(${linkMinutes}분 동안, 한 번만 쓸 수 있습니다).`,
          `There is no operator yet. Make the first one with this link (it lives ${linkMinutes} minutes and works once):`,
          `  ${operatorLink}`,
        ]),
    '',
  ].join('\n');
}

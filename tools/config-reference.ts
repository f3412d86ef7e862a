/** `npm run config:reference`: writes docs/configuration.md, as `npx medbiz config --reference` prints it. */
import { writeFile } from 'node:fs/promises';
import { referencePage } from '#config';

await writeFile(new URL('../docs/configuration.md', import.meta.url), referencePage());

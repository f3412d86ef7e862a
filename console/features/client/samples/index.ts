import { android } from './android.ts';
import { curl } from './curl.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import type { Sample } from './sample.ts';
import { spring } from './spring.ts';
import { swift } from './swift.ts';

export type { Sample, SampleInput } from './sample.ts';

export const SAMPLES: readonly Sample[] = [curl, node, spring, android, swift, python];

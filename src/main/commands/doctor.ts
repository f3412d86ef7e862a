import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { type Config, ConfigError, insecureWarnings, loadConfig, publicUrlOf } from '#config';
import { no, ok } from '#kernel';
import { databaseFileOf, openConfiguredStorage } from '../installation.ts';
import { mailerOf } from '../mail.ts';
import { keyFileOf, keysFrom, readMasterKey } from '../master-key.ts';
import { asJson, type Command, readArgs, type Terminal } from './command.ts';

interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'caution' | 'wrong';
  /** What was found, and what to do where it is not fine. */
  readonly says: string;
}

type Check = () => Promise<Finding | readonly Finding[]>;

const NEEDED_NODE = 26;

/** Looks at everything that a server needs and changes nothing. Exit code 1 when something is wrong. */
export const doctor: Command = async (args, terminal) => {
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } });
  const findings: Finding[] = [nodeVersion()];
  try {
    const config = loadConfig(terminal.env);
    findings.push(fine('settings', 'The settings can be used.'));
    for (const { en } of insecureWarnings(config)) findings.push(caution('settings', en));
    findings.push(await folder(config), keyFile(config), ...(await database(config, terminal)), await mail(config));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.push(...error.message.split('\n').map((says) => wrong('settings', says)));
  }
  if (values.json) terminal.out(asJson({ findings }));
  else for (const { check, state, says } of findings) terminal.out(`${MARKS[state]} ${check}: ${says}\n`);
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
};

const MARKS = { ok: '[ok]     ', caution: '[caution]', wrong: '[wrong]  ' } as const;
const fine = (check: string, says: string): Finding => ({ check, state: 'ok', says });
const caution = (check: string, says: string): Finding => ({ check, state: 'caution', says });
const wrong = (check: string, says: string): Finding => ({ check, state: 'wrong', says });

function nodeVersion(): Finding {
  const { node } = process.versions;
  return Number(node.split('.')[0]) >= NEEDED_NODE
    ? fine('node', `Node.js ${node}.`)
    : wrong('node', `Node.js ${node} is too old. Run "npm ci", or install Node.js ${NEEDED_NODE}.`);
}

async function folder(config: Config): Promise<Finding> {
  const { dataDir } = config;
  const about = await stat(dataDir).catch(() => null);
  if (about === null) return caution('data folder', `${dataDir} does not exist yet; "medbiz serve" makes it.`);
  const writable = await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return wrong('data folder', `${dataDir} can not be written to by this account.`);
  const open = process.platform !== 'win32' && (about.mode & 0o007) !== 0;
  return open
    ? caution('data folder', `Everybody on this machine can look into ${dataDir}. Run: chmod 700 ${dataDir}`)
    : fine('data folder', `${dataDir} can be written to.`);
}

function keyFile(config: Config): Finding {
  try {
    if (readMasterKey(config) !== null) return fine('master key', 'A master key is there.');
    return caution(
      'master key',
      `There is none yet; "medbiz serve" makes ${keyFileOf(config)}. Keep a copy of it apart from backups.`,
    );
  } catch (error) {
    return wrong('master key', error instanceof Error ? error.message : String(error));
  }
}

/** What the server's words mean, for whoever set it up. */
const MAIL_TROUBLE: Readonly<Record<string, string>> = {
  unreachable: 'It can not be reached. Check host and port.',
  'unknown-host': 'There is no such host.',
  'timed-out': 'It does not answer within three seconds. Check host, port and firewall.',
  'no-tls': 'It offers no TLS, or a certificate that can not be trusted. Mail is sent over TLS alone.',
  'login-refused': 'It refuses the user name and password.',
};

async function mail(config: Config): Promise<Finding> {
  const mailer = mailerOf(config, publicUrlOf(config, config.port));
  if (mailer === null) {
    return caution(
      'mail',
      'MEDBIZ_SMTP_URL is not set: nobody gets a password back by mail, and developers see decisions in the console alone.',
    );
  }
  const trouble = await mailer.check();
  if (trouble === null) return fine('mail', 'The SMTP server answers and lets us in.');
  const known = MAIL_TROUBLE[trouble.replace(/-[0-9]+$/, '')] ?? '';
  return wrong('mail', `The SMTP server of MEDBIZ_SMTP_URL can not be used (${trouble}). ${known}`.trim());
}

async function database(config: Config, terminal: Terminal): Promise<Finding[]> {
  if (config.databaseUrl === null && !existsSync(databaseFileOf(config))) {
    return [caution('database', 'There is none yet; "medbiz serve" makes it.')];
  }
  const opened = await openConfiguredStorage(config, terminal.clock).then(ok, (error: unknown) => no(error));
  if (!opened.ok) return [wrong('database', unreachable(config, opened.problem))];
  const storage = opened.value;
  try {
    if (!(await storage.ready())) return [wrong('database', 'The database does not answer.')];
    const pending = await storage.migrationsPending();
    if (pending > 0)
      return [caution('database', `${pending} migrations are due; "medbiz serve" or "medbiz migrate" applies them.`)];
    const checks: Check[] = [
      async () => fine('database', 'It answers and is up to date.'),
      async () => {
        const known = await storage.instance.masterKeyCheck();
        const master = readMasterKey(config);
        if (known === null || master === null) return [];
        return keysFrom(master).check === known
          ? fine('master key', 'It is the one that the data was made with.')
          : wrong('master key', 'It is not the one that the data was made with. Put back the right one.');
      },
      async () =>
        (await storage.users.needsOperator())
          ? caution(
              'operator',
              'There is no operator. Open the link that "medbiz serve" prints, or use "medbiz user create --role operator".',
            )
          : fine('operator', 'There is an operator.'),
      async () => {
        const { length } = await storage.jobs.dead(100);
        return length === 0 ? [] : caution('jobs', `${length} jobs were given up. See: medbiz jobs list`);
      },
    ];
    const findings: Finding[] = [];
    for (const check of checks) findings.push(...[await check()].flat());
    return findings;
  } finally {
    await storage.close();
  }
}

function unreachable(config: Config, error: unknown): string {
  const what =
    config.databaseUrl === null
      ? 'The file can not be opened.'
      : 'PostgreSQL can not be reached. Check MEDBIZ_DATABASE_URL.';
  return error instanceof Error ? `${what} (${error.message})` : what;
}

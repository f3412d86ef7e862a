/** What the machine must have for all tests to run, and how it gets it. */
export type Needed = 'postgresql' | 'chromium' | 'authlib';

const HOW: Readonly<Record<Needed, readonly string[]>> = {
  postgresql: [
    'PostgreSQL 15 이상이 필요합니다. 아래 명령으로 설치한 뒤 다시 실행하세요.',
    'PostgreSQL 15 or newer is needed. Install it with one of these and run the tests again.',
    '  Debian, Ubuntu:  sudo apt-get install -y postgresql',
    '  macOS:           brew install postgresql@17',
  ],
  chromium: [
    'Chromium과 한글 글꼴이 필요합니다. 아래 명령으로 설치한 뒤 다시 실행하세요. 다른 곳에 있으면 MEDBIZ_TEST_CHROMIUM에 경로를 적습니다.',
    'Chromium and Korean fonts are needed. Install them with one of these and run the tests again; MEDBIZ_TEST_CHROMIUM names one elsewhere.',
    '  Debian:  sudo apt-get install -y chromium fonts-noto-cjk',
    '  Ubuntu:  sudo snap install chromium && sudo apt-get install -y fonts-noto-cjk',
    '  macOS:   brew install --cask chromium',
  ],
  authlib: [
    'Python 3과 Authlib가 필요합니다. 아래 명령으로 설치한 뒤 다시 실행하세요. MEDBIZ_TEST_PYTHON이 쓸 파이썬의 경로입니다.',
    'Python 3 with Authlib is needed. Install it like this and run the tests again; MEDBIZ_TEST_PYTHON names the Python to use.',
    '  python3 -m venv .venv && .venv/bin/pip install -r tests/interop/authlib/requirements.txt',
    '  MEDBIZ_TEST_PYTHON=$PWD/.venv/bin/python npm test',
  ],
};

export const howToInstall = (needed: Needed): string => HOW[needed].join('\n');

import type { Locale, ScopeName } from '#kernel';
import { HEALTH_KINDS, type HealthKind } from './ports/index.ts';

/**
 * What each scope hands over, to the field (개인정보 보호법 제17조제2항제3호: 제공하는 항목). The keys are part of a
 * notice's terms: a new key means that users are asked again. What `/user/me` gives is what PROFILE says here (platform
 * contract, section 9).
 */
export const FIELDS = {
  PROFILE: ['userMuid', 'loginId', 'email', 'name', 'gender', 'birthday', 'accountState', 'joined', 'roles'],
  DRIVE: ['fileNames', 'fileContents', 'fileSizes', 'fileTimes', 'homeFolder', 'driveChanges'],
  DRIVE_READONLY: ['fileNames', 'fileContents', 'fileSizes', 'fileTimes', 'homeFolder'],
  DEVICE: ['deviceNames', 'deviceModels', 'deviceNumbers', 'deviceStates', 'deviceKeys', 'deviceChanges'],
  APPLICATION: ['applicationNames', 'applicationScopes', 'applicationTimes'],
  GROUP: ['groupNames', 'groupRoles', 'groupSizes', 'groupTimes'],
  GROUP_PROFILE: ['defaultGroup', 'groupRoles'],
  HEALTH: HEALTH_KINDS,
} as const satisfies Record<ScopeName, readonly string[]>;

type Field = (typeof FIELDS)[ScopeName][number];

const KO: Readonly<Record<Field, string>> = {
  userMuid: '회원 식별번호',
  loginId: '아이디',
  email: '이메일',
  name: '이름',
  gender: '성별',
  birthday: '생년월일',
  accountState: '계정 상태',
  joined: '가입일',
  roles: '회원 구분(일반, 개발자)',
  fileNames: '파일과 폴더 이름',
  fileContents: '파일 내용',
  fileSizes: '크기',
  fileTimes: '만든 시각과 고친 시각',
  homeFolder: '홈 폴더 위치와 용량',
  driveChanges: '파일 올리기, 고치기, 지우기',
  deviceNames: '디바이스 이름',
  deviceModels: '모델',
  deviceNumbers: '디바이스 번호와 일련번호',
  deviceStates: '사용 상태와 등록 시각',
  deviceKeys: '디바이스에 값을 보내는 키',
  deviceChanges: '디바이스 추가, 이름 변경, 해제',
  applicationNames: '사용 중인 앱 이름과 개발사',
  applicationScopes: '앱에 허용한 항목',
  applicationTimes: '연결한 시각과 마지막 사용 시각',
  groupNames: '그룹 이름과 설명',
  groupRoles: '그룹에서의 역할',
  groupSizes: '구성원 수',
  groupTimes: '가입 시각',
  defaultGroup: '기본 그룹의 이름과 설명',
  BLOOD_PRESSURE: '혈압',
  GLUCOSE: '혈당',
  TEMP: '체온',
  PULS_OXIM: '산소포화도',
  SCALE: '체중·신체계측',
  SCALE_MEASUREMENT: '허리둘레',
  SPIROMETER: '폐기능',
  CARDIO: '운동(속도, 거리, 열량)',
};

const EN: Readonly<Record<Field, string>> = {
  userMuid: 'member identifier',
  loginId: 'login ID',
  email: 'e-mail address',
  name: 'name',
  gender: 'gender',
  birthday: 'date of birth',
  accountState: 'account state',
  joined: 'joining date',
  roles: 'kind of member (user, developer)',
  fileNames: 'file and folder names',
  fileContents: 'file contents',
  fileSizes: 'sizes',
  fileTimes: 'creation and change times',
  homeFolder: 'home folder and quota',
  driveChanges: 'uploading, changing and deleting files',
  deviceNames: 'device names',
  deviceModels: 'models',
  deviceNumbers: 'device and serial numbers',
  deviceStates: 'state and time of registration',
  deviceKeys: 'a key for sending values to the device',
  deviceChanges: 'adding, renaming and removing devices',
  applicationNames: 'applications you use and who makes them',
  applicationScopes: 'what you allowed them',
  applicationTimes: 'when you connected and last used them',
  groupNames: 'group names and descriptions',
  groupRoles: 'your role in the group',
  groupSizes: 'number of members',
  groupTimes: 'when you joined',
  defaultGroup: 'name and description of your default group',
  BLOOD_PRESSURE: 'blood pressure',
  GLUCOSE: 'blood glucose',
  TEMP: 'body temperature',
  PULS_OXIM: 'oxygen saturation',
  SCALE: 'weight and body measures',
  SCALE_MEASUREMENT: 'waist circumference',
  SPIROMETER: 'lung function',
  CARDIO: 'exercise (speed, distance, energy)',
};

export const fieldNames = (scope: ScopeName, locale: Locale): string[] =>
  FIELDS[scope].map((field) => (locale === 'ko' ? KO : EN)[field]);

export const kindName = (kind: HealthKind, locale: Locale): string => (locale === 'ko' ? KO : EN)[kind];

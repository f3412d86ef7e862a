import type { DeviceRecord } from '#apis/ports';
import { alarm, field, foreign, hidden, type Html, html } from '#signin';
import type { HealthWords } from './words.ts';

export interface DevicesPage {
  readonly words: HealthWords;
  readonly csrf: string;
  readonly devices: readonly DeviceRecord[];
  readonly done: string | null;
  readonly alarm: string | null;
  readonly errors: { readonly muid?: string; readonly nickname?: string; readonly agree?: string };
  readonly typed: { readonly muid: string; readonly nickname: string };
}

/** 내 디바이스. */
export function devicesPage({ words: all, csrf, devices, done, errors, typed, ...page }: DevicesPage): Html {
  const words = all.devices;
  return html`<h1>${words.title}</h1>
${done === null ? '' : html`<p class="done" role="status">${done}</p>`}
${alarm(page.alarm)}
<p class="lead">${words.lead}</p>
${devices.length === 0 ? html`<p id="no-devices">${words.empty}</p>` : devices.map((one) => deviceCard(words, csrf, one))}
<h2>${words.addTitle}</h2>
<form method="post" action="/account/devices" novalidate>
${hidden({ csrf })}
${field({ name: 'device', label: words.muid, hint: words.muidHint, value: typed.muid, error: errors.muid, autocomplete: 'off' })}
${field({ name: 'nickname', label: words.nickname, optional: words.optional, value: typed.nickname, error: errors.nickname, autocomplete: 'off', max: 64 })}
<p class="fine" id="collect-how">${words.collect}</p>
${errors.agree === undefined ? '' : html`<p class="error" id="agree-error" role="alert">${errors.agree}</p>`}
<label class="box" for="agree"><input type="checkbox" id="agree" name="agree" value="on" aria-describedby="collect-how${
    errors.agree === undefined ? '' : ' agree-error'
  }"><span>${words.agree}</span></label>
<button id="add-device" class="main-button" type="submit">${words.add}</button>
</form>
<p class="beside"><a href="/account">${all.back}</a></p>`;
}

const deviceCard = (words: HealthWords['devices'], csrf: string, device: DeviceRecord): Html => html`
<section class="device" aria-labelledby="device-${device.muid}">
<h2 id="device-${device.muid}">${foreign(device.holding?.nickname ?? '')}</h2>
<dl class="held">
<div><dt>${words.model}</dt><dd>${foreign(device.model.name)} (${foreign(device.model.maker)})</dd></div>
<div><dt>${words.serial}</dt><dd>${foreign(device.serialNumber ?? '-')}</dd></div>
<div><dt>${words.muid}</dt><dd><code>${device.muid}</code></dd></div>
</dl>
<form method="post" action="/account/devices/${device.muid}/name">
${hidden({ csrf })}
${field({ name: `nickname-${device.muid}`, label: words.name, value: device.holding?.nickname ?? '', autocomplete: 'off', max: 64 })}
<button class="even-button" type="submit">${words.rename}</button>
</form>
<form method="post" action="/account/devices/${device.muid}/remove">
${hidden({ csrf })}
<button class="even-button" type="submit">${words.remove}</button>
</form>
</section>`;

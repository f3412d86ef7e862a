/*
 * Passkeys: asks the server for a challenge, the browser for an answer, and posts that as an ordinary form. Forms say
 * what they are for in data-passkey (create or get) and where their challenge comes from in data-options. Without this
 * script, or in a browser without passkeys, they stay hidden and the page's other ways stand.
 */
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const withId = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withId(options.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(clientDataJSON),
      attestationObject: text(attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function get(options) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: withId(options.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return {
    id: shown.id,
    rawId: text(shown.rawId),
    type: shown.type,
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      ...(userHandle === null || userHandle.byteLength === 0 ? {} : { userHandle: text(userHandle) }),
    },
  };
}

async function run(form) {
  const fields = new URLSearchParams();
  for (const name of ['csrf', 'ticket', 'next', 'fresh']) {
    const field = form.elements.namedItem(name);
    if (field !== null) fields.set(name, field.value);
  }
  const answer = await fetch(form.dataset.options, { method: 'POST', body: fields });
  // The login has become too old meanwhile: it is made anew first.
  if (answer.redirected) return location.assign(answer.url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const options = await answer.json();
  const credential = await (form.dataset.passkey === 'create' ? create(options) : get(options));
  form.elements.namedItem('credential').value = JSON.stringify(credential);
  form.submit();
}

if (window.PublicKeyCredential !== undefined && window.isSecureContext) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button');
    const failed = form.querySelector('[data-failed]');
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      button.disabled = true;
      failed.hidden = true;
      run(form).catch(() => {
        button.disabled = false;
        failed.hidden = false;
        button.focus();
      });
    });
  }
  for (const instead of document.querySelectorAll('[data-without-passkeys]')) instead.hidden = true;
}

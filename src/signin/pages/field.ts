import { type Html, html } from './html.ts';

export interface Field {
  /** Both the id and the name. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password' | 'email';
  readonly value?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autocomplete: string;
  readonly inputmode?: 'text' | 'numeric' | 'email';
  readonly optional?: string;
  /** Focus goes here when the page opens. At most one per page. */
  readonly focus?: boolean;
  readonly max?: number;
}

/** A labelled input; hint and error are read out with it. What is wrong stands above what has to be changed. */
export function field(of: Field): Html {
  const { name, error, hint } = of;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const isPlain = of.type !== undefined || of.inputmode === 'numeric' || of.autocomplete === 'username';
  return html`<div class="field${error ? ' wrong' : ''}">
<label for="${name}">${of.label}${of.optional ? html` <span class="optional">${of.optional}</span>` : ''}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
${error ? html`<p class="error" id="${name}-error">${error}</p>` : ''}
<input id="${name}" name="${name}" type="${of.type ?? 'text'}" value="${of.value ?? ''}" autocomplete="${of.autocomplete}"${
    of.inputmode ? html` inputmode="${of.inputmode}"` : ''
  }${of.max ? html` maxlength="${of.max}"` : ''}${isPlain ? html` autocapitalize="none" spellcheck="false"` : ''}${
    described ? html` aria-describedby="${described}"` : ''
  }${error ? html` aria-invalid="true"` : ''}${of.focus ? html` autofocus` : ''}>
</div>`;
}

export const hidden = (fields: Readonly<Record<string, string | null>>): Html[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [html`<input type="hidden" name="${name}" value="${value}">`],
  );

/** What went wrong with the whole form; read out when the page opens. */
export const alarm = (sentence: string | null, id = 'alarm'): Html | null =>
  sentence === null ? null : html`<p class="alarm" role="alert" id="${id}">${sentence}</p>`;

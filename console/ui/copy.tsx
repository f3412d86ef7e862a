import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { useToast } from './toast.tsx';

/** Copies `value`; `what` names it for people who do not see where the button stands. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const { t } = useLingui();
  const say = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      say(t`${what} 복사했습니다.`);
    } catch {
      say(t`복사하지 못했습니다. 값을 선택해 직접 복사해 주세요.`);
    }
  };
  return (
    <Button look="quiet" small onPress={() => void copy()} aria-label={t`${what} 복사`}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span>{copied ? t`복사함` : t`복사`}</span>
    </Button>
  );
}

/** A value as it is, with its copy button. */
export function Copyable({ value, what, mono = true }: { value: string; what: string; mono?: boolean }) {
  return (
    <span className="copyable">
      <span className={mono ? 'mono' : ''}>{value}</span>
      <CopyButton value={value} what={what} />
    </span>
  );
}

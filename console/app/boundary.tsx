import { Trans } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

/** The last net: a fault of ours, or a part that can no longer be fetched because a newer console was installed. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="content">
        <div className="callout alarm" role="alert">
          <strong>
            <Trans>화면을 표시하지 못했습니다.</Trans>
          </strong>
          <p>
            <Trans>새로 고치면 대부분 해결됩니다. 입력하던 내용은 이 탭에 남아 있습니다.</Trans>
          </p>
          <div className="buttons">
            <Button small onPress={() => location.reload()}>
              <Trans>새로 고침</Trans>
            </Button>
          </div>
        </div>
      </main>
    );
  }
}

import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHead } from '../../ui/page.tsx';

export function NotFound() {
  const { t } = useLingui();
  return (
    <>
      <PageHead title={t`찾는 화면이 없습니다`} lead={t`주소가 바뀌었거나, 이 계정으로는 볼 수 없는 화면입니다.`} />
      <ButtonLink to="/" look="main">
        <Trans>첫 화면으로</Trans>
      </ButtonLink>
    </>
  );
}

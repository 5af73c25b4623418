import { Menu } from '@mantine/core';
import { useText } from '@/i18n';
import { after_close_words, useAfterClose } from './useAfterClose';

/** The part of a menu that says where the person goes when a ticket is done. */
export function AfterCloseItems() {
  const { t } = useText();
  const { after_close, choose } = useAfterClose();
  return (
    <>
      <Menu.Divider />
      <Menu.Label aria-hidden="true">{t('desk.after_close.label')}</Menu.Label>
      <Menu.RadioGroup aria-label={t('desk.after_close.label')} value={after_close} onChange={choose}>
        {after_close_words.map((word) => (
          <Menu.RadioItem key={word} value={word} closeMenuOnClick={false}>{t(`desk.after_close.${word}`)}</Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

import { Modal } from '@mantine/core';
import { useText } from '@/i18n';
import { Keys, useAllCommands } from '@/ui';
import { showShellWindow, useShellWindow } from './shell_state';
import classes from './Shortcuts.module.css';

/** Keys that belong to a text and not to a screen: no command stands for them. */
const writing_keys = [
  { keys: 'mod+enter', word: 'send' }, { keys: '@', word: 'mention' }, { keys: '/', word: 'template' }, { keys: 'escape', word: 'leave_offered' },
] as const;

/** Every shortcut that works on the screen behind it, and those for writing. */
export function Shortcuts() {
  const { t } = useText();
  const is_open = useShellWindow() === 'shortcuts';
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Modal
      opened={is_open}
      onClose={() => showShellWindow(null)}
      title={t('app.shortcuts')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {commands.filter((command) => command.group === group).map((command) => (
                <div key={command.id} className={classes.row}>
                  <dt>{command.label}</dt>
                  <dd><Keys keys={command.keys ?? ''} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section className={classes.group}>
          <h3 className={classes.heading}>{t('shortcuts.group_writing')}</h3>
          <dl className={classes.list}>
            {writing_keys.map(({ keys, word }) => (
              <div key={word} className={classes.row}>
                <dt>{t(`shortcuts.${word}`)}</dt>
                <dd><Keys keys={keys} /></dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

import assert from 'node:assert/strict';
import { markup } from '../../../schedules/drawing/markup.ts';
import { parseXml } from '../../support/xml.ts';

describe('Markup', () => {
  const hostile = `</text><script>alert(1)</script>" onload='x' & &lt; ]]> \u0000\u001b\ud800 \u{1f600}`;

  it('shows every text as it is, in elements and attributes', () => {
    const element = parseXml(markup`<text title="${hostile}">${hostile}</text>`.markup);
    const shown = hostile.replace(/[\u0000\u001b]|\ud800(?![\udc00-\udfff])/g, '\ufffd'); // eslint-disable-line no-control-regex
    assert.deepEqual(element, {
      name: 'text',
      attributes: { title: shown },
      content: [shown],
    });
  });

  it('takes markup, numbers and lists as they are', () => {
    const items = ['a', '<'].map((item) => markup`<i>${item}</i>`);
    assert.equal(markup`<b x="${1.5}">${items}</b>`.markup, '<b x="1.5"><i>a</i><i>&lt;</i></b>');
  });
});

#include "desk/demo/stories.h"

namespace tandem::desk {

namespace {

using enum Speaker;

const std::vector<Story> first_half = {
    {"zh",
     Team::support,
     "email",
     "high",
     Ending::closed,
     "连接",
     "{product} 每天晚上断网",
     {{customer,
       "您好，\n从上周开始，我们办公室的 {product} 每天晚上八点左右都会断网，重启之后才能恢复。"
       "请帮忙看看是什么原因。"},
      {agent,
       "感谢您的反馈。请在状态页面最后一行查看固件版本。如果是 4.2，升级到 4.2.1 即可解决。"},
      {note, "本周第三例，均为 4.2 版本，已通知研发。"},
      {customer, "确实是 4.2，已经升级，昨晚没有再断。谢谢！"},
      {agent, "很高兴问题解决了。如再次出现，请直接回复此邮件。"}}},
    {"zh",
     Team::shipping,
     "email",
     "",
     Ending::closed,
     "物流",
     "订单 {order} 什么时候到？",
     {{customer, "您好，订单 {order} 已经四天没有物流更新了，请帮忙查询一下。"},
      {agent, "非常抱歉让您久等。包裹缺少一份报关单，今天早上已补交，预计两天内送达。"},
      {customer, "刚刚收到了，货物完好，谢谢。"}}},
    {"zh",
     Team::receivables,
     "email",
     "medium",
     Ending::closed,
     "发票",
     "订单 {order} 重复扣款",
     {{customer, "我们发现订单 {order} 被扣了两次款，请退还其中一笔。"},
      {note, "第二笔为超时重试，银行已确认。"},
      {agent, "经核实确为重复扣款，非常抱歉。退款今天已发起，预计三个工作日内到账。"},
      {customer, "退款已到账，感谢处理。"}}},
    {"zh",
     Team::receivables,
     "email",
     "",
     Ending::on_hold,
     "发票",
     "申请开具增值税专用发票",
     {{customer, "请为订单 {order} 开具增值税专用发票，开票资料稍后发给您。"},
      {agent, "好的，收到开票资料后我们会在两个工作日内开具并寄出。"}}},
};

const std::vector<Story> second_half = {
    {"zh",
     Team::support,
     "email",
     "high",
     Ending::open,
     "付款",
     "订单 {order} 付款失败,但银行卡已扣款",
     {{customer,
       "您好,\n\n页面提示订单 {order} 付款失败,但我的银行卡显示已扣款。请问订单是否成功?"},
      {agent, "感谢您的反馈。我正在请负责收款的同事核实,有结果马上回复您。"},
      {helper, "只是预授权,没有入账:银行的答复超时了。五天内会自动释放。订单没有生成。"},
      {agent,
       "该笔款项只是预授权,五天内会自动退回您的银行卡。订单 {order} "
       "没有生成,您可以马上重新下单。"}}},
    {"zh",
     Team::support,
     "phone",
     "medium",
     Ending::closed,
     "设置",
     "忘记管理密码",
     {{customer, "客户来电：{product} 的管理页面密码忘记了，标签上的密码无法登录。"},
      {agent, "如电话中所说，请按住重置键十秒，等绿灯亮起后，使用包装盒内卡片上的密码登录。"},
      {customer, "已经可以登录了，谢谢您的耐心。"}}},
    {"zh",
     Team::shipping,
     "email",
     "urgent",
     Ending::open,
     "破损",
     "收到的货物有破损",
     {{customer,
       "订单 {order} 的箱子被压坏了，五台 {product} 中有两台无法开机。下周一开业，急需更换！"},
      {agent, "非常抱歉。两台替换机今天下午加急寄出。请保留包装箱，快递公司需要查验。"},
      {forward, "请为订单 {order} 安排上门取回破损包装箱。"},
      {customer, "好的，请问快递什么时候来取箱子？"}}},
    {"zh",
     Team::support,
     "web",
     "low",
     Ending::open,
     "建议",
     "希望支持访客密码自动失效",
     {{customer, "我们经营民宿，希望 {product} 的访客密码可以在几天后自动失效，有计划吗？"},
      {agent, "感谢建议，计划在夏季版本中支持。有进展时会在这里通知您。"}}},
    {"zh",
     Team::support,
     "chat",
     "",
     Ending::closed,
     "咨询",
     "两台设备可以一起用吗",
     {{customer, "家里两层楼，可以用两台 {product} 吗？"},
      {agent, "可以。第二台用网线连接，在设置中选择“扩展”，两台会使用相同的名称和密码。"},
      {customer, "设置好了，很简单，谢谢！"}}},
};

}  // namespace

const std::vector<Story>& chinese_stories() {
  static const std::vector<Story> stories = [] {
    std::vector<Story> all = first_half;
    all.insert(all.end(), second_half.begin(), second_half.end());
    return all;
  }();
  return stories;
}

}  // namespace tandem::desk

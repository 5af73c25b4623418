#include "desk/demo/stories.h"

namespace tandem::desk {

namespace {

using enum Speaker;

const std::vector<Story> first_half = {
    {"en",
     Team::support,
     "email",
     "high",
     Ending::closed,
     "Connection",
     "{product} drops the connection every evening",
     {{customer,
       "Hello,\n\nsince the weekend our {product} loses the connection every evening around "
       "eight. We have to pull the plug to get it back. Is this a known problem?\n\nThank you"},
      {agent,
       "Thank you for writing. Please open the status page and tell me the firmware version in "
       "the last line. Version 4.2 restarts when the lease ends, and 4.2.1 mends it."},
      {note, "Third report of this on 4.2 this week. Told the lab."},
      {customer, "It is 4.2. I have installed 4.2.1 now and will watch it tonight."},
      {customer, "It held all evening. Thank you for the quick help!"},
      {agent, "Good to hear. I close this one; just answer here should it come back."}}},
    {"en",
     Team::support,
     "phone",
     "medium",
     Ending::closed,
     "Set-up",
     "Cannot open the settings page",
     {{customer,
       "The customer called: the settings page asks for a password that is not on the label of "
       "the {product}."},
      {agent,
       "As we said on the phone: hold the reset key for ten seconds, wait for the green light, "
       "then use the password printed on the card in the box, not the one on the label."},
      {customer, "The card was still in the box. I am in. Thanks!"}}},
    {"en",
     Team::shipping,
     "email",
     "",
     Ending::closed,
     "Delivery",
     "Where is order {order}?",
     {{customer,
       "Hi,\n\norder {order} was promised for Tuesday and the tracking page has said \"in "
       "preparation\" for four days. Can you look?"},
      {agent,
       "I am sorry for the wait. The parcel was missing a customs paper; we sent it again this "
       "morning and the carrier expects to deliver within two days."},
      {customer, "It has just arrived. All complete, thank you."}}},
    {"en",
     Team::receivables,
     "email",
     "medium",
     Ending::closed,
     "Invoice",
     "Invoice for {order} charged twice",
     {{customer,
       "Good morning,\n\nour card was charged twice for order {order}. Please pay one of them "
       "back.\n\nKind regards"},
      {note, "The second charge is a retry after a time-out. Confirmed with the bank."},
      {agent,
       "You are right, and I apologise. The second amount goes back to your card today; your "
       "bank shows it within three working days."},
      {customer, "The money is back. Thank you for dealing with it so quickly."}}},
};

const std::vector<Story> shared = {
    {"en",
     Team::support,
     "email",
     "high",
     Ending::open,
     "Payment",
     "Payment for {order} failed, but my card was charged",
     {{customer,
       "Hello,\n\nthe shop said that the payment for order {order} failed, but my card shows the "
       "charge. Was the order placed or not?"},
      {agent,
       "Thank you for telling us. I am asking the colleagues who look after payments, and write "
       "again as soon as they have looked."},
      {helper,
       "The charge is only reserved, not taken: the bank's answer came too late. It falls back by "
       "itself within five days. The order was not placed."},
      {agent,
       "The amount is only reserved and falls back to your card by itself within five days. Order "
       "{order} was not placed; you can order again at once."}}},
};

const std::vector<Story> second_half = {
    {"en",
     Team::support,
     "web",
     "low",
     Ending::on_hold,
     "Feature",
     "Guest network with a time limit",
     {{customer,
       "We rent rooms and would like guest passwords for the {product} that end by themselves "
       "after a few days. Is that planned?"},
      {agent,
       "It is planned for the summer release. I keep this request open and write to you when "
       "there is something to try."}}},
    {"en",
     Team::shipping,
     "email",
     "urgent",
     Ending::open,
     "Damage",
     "Parcel arrived crushed, two devices broken",
     {{customer,
       "The parcel of order {order} arrived crushed today. Two of the five {product} do not "
       "start. We open the branch on Monday and need them by then!"},
      {agent,
       "I am very sorry. Two replacements leave the warehouse this afternoon by express. Please "
       "keep the box: the carrier wants to see it."},
      {forward, "Please book an express pick-up of the damaged box for order {order}."},
      {customer, "Thank you. Nobody has come for the box yet; when will they?"}}},
    {"en",
     Team::receivables,
     "api",
     "",
     Ending::open,
     "Invoice",
     "Change of billing address",
     {{customer,
       "From next month on please send our invoices to the new office. The purchasing system "
       "has the new address; order {order} should still go to the old one."},
      {agent, "I have noted both. Could you tell me the date from which the new address counts?"}}},
    {"en",
     Team::support,
     "chat",
     "medium",
     Ending::closed,
     "Set-up",
     "Two {product} in one house",
     {{customer, "Can I use two {product} together, one for each floor?"},
      {agent,
       "Yes. Connect the second one by cable, choose \"Extend\" in its set-up, and both use the "
       "same name and password."},
      {customer, "That was easy. Thanks!"}}},
    {"en",
     Team::support,
     "email",
     "high",
     Ending::open,
     "Security",
     "Unknown device in our network list",
     {{customer,
       "There is a device called \"android-7f3\" in the list that none of us knows. Were we "
       "hacked? What should we do?"},
      {agent,
       "Most often it is a phone with a random name. Please change the network password on the "
       "page Security; every known device asks for it once, an unknown one stays out. Tell me "
       "if it comes back."},
      {customer,
       "We changed it and it was back after an hour. The log is below.\n\n"
       "19:02 join android-7f3\n19:03 leave android-7f3"}}},
};

}  // namespace

const std::vector<Story>& english_stories() {
  static const std::vector<Story> stories = [] {
    std::vector<Story> all = first_half;
    all.insert(all.end(), shared.begin(), shared.end());
    all.insert(all.end(), second_half.begin(), second_half.end());
    return all;
  }();
  return stories;
}

}  // namespace tandem::desk

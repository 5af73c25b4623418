#pragma once

#include <string>
#include <vector>

// What the demo's customers and agents say to each other. {order} and {product} are filled in.

namespace tandem::desk {

/// A helper works in the department that the ticket is shared with, and comments privately.
enum class Speaker { customer, agent, note, forward, helper };
enum class Ending { open, on_hold, closed };
enum class Team { support, receivables, shipping };

struct Line {
  Speaker speaker = Speaker::customer;
  std::string text;
};

struct Story {
  std::string language;  // en, ja, zh, pt
  Team team = Team::support;
  std::string channel = "email";
  std::string priority;  // "" is none
  Ending ending = Ending::closed;
  std::string category;
  std::string subject;
  std::vector<Line> lines;             // the customer speaks first
  Team helped_by = Team::receivables;  // whom a line of a helper shares the ticket with
};

const std::vector<Story>& english_stories();
const std::vector<Story>& japanese_stories();
const std::vector<Story>& chinese_stories();
const std::vector<Story>& portuguese_stories();

}  // namespace tandem::desk

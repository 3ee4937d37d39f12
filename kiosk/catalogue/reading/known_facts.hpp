// Which facts an expression or a text may read at its place: the terminal's own, the questions
// asked before it, and what is computed from those. Internal to the lints.
#pragma once

#include "catalogue/reading/strict_object.hpp"

#include <map>
#include <set>
#include <string>

namespace catalogue::reading {

class KnownFacts {
  public:
    // Reports computed facts that read what is unknown or computed later.
    KnownFacts(const ServiceItem& item, const std::string& place, Problems& problems);

    // Before question `number` (from 0), only earlier answers are there; all of them after the
    // last.
    void check(const Expression& expression, const std::string& place, std::size_t questions_asked,
               Problems& problems) const;
    // {fact} in a text: every name must be known once all questions are answered.
    void check_placeholders(const Text& text, const std::string& place, Problems& problems) const;
    bool is_known(const std::string& name) const { return answered_before_.count(name) > 0; }
    void add(const std::string& name) { answered_before_[name] = 0; }

  private:
    // Name → how many questions must have been asked before it is known.
    std::map<std::string, std::size_t> answered_before_;
};

// Only the texts of a stop are filled in; anywhere else a citizen would read the braces.
void refuse_placeholders(const Text& text, const std::string& place, Problems& problems);

}  // namespace catalogue::reading

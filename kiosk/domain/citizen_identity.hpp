// A citizen identified by a resident card: every field checked. Cannot be built from an expired
// card, another kind of card or a number that does not check.
#pragma once

#include "base/locale.hpp"
#include "base/result.hpp"
#include "domain/id_card_record.hpp"
#include "domain/id_number.hpp"

#include <optional>
#include <string>

namespace domain {

enum class Sex { unknown, male, female, not_stated };  // GB/T 2261.1: 0 1 2 9

class CitizenIdentity {
  public:
    // Faults: CardResidencePermit, CardForeignPermanent, CardTypeUnsupported (unknown), CardRecordMalformed (which field), CardNumberWrong, CardExpired,
    // CardNotYetValid. An unknown ethnicity code is no fault.
    static base::Result<CitizenIdentity> from_card(const IdCardRecord& record, Date today);

    const std::string& name() const { return name_; }
    const IdNumber& number() const { return number_; }
    Sex sex() const { return sex_; }
    const std::string& ethnicity_code() const { return ethnicity_code_; }
    Date birth_date() const { return birth_; }
    const std::string& address() const { return address_; }
    const std::string& authority() const { return authority_; }
    Date valid_from() const { return valid_from_; }
    std::optional<Date> valid_until() const { return valid_until_; }  // none = 长期

    void wipe();
    friend bool operator==(const CitizenIdentity&, const CitizenIdentity&) = default;

  private:
    explicit CitizenIdentity(IdNumber number) : number_(std::move(number)) {}

    std::string name_;
    IdNumber number_;
    Sex sex_ = Sex::unknown;
    std::string ethnicity_code_;
    Date birth_{};
    std::string address_;
    std::string authority_;
    Date valid_from_{};
    std::optional<Date> valid_until_;
};

// GB/T 3304 name (汉, 土家 …) or 代码NN / code NN for a code the table does not know.
std::string ethnicity_name(const std::string& code, base::Locale locale);
bool ethnicity_is_known(const std::string& code);
std::string sex_name(Sex sex, base::Locale locale);

}  // namespace domain

#include "provisioning/config/section_reader.hpp"

#include "base/messages.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>
#include <utility>

namespace provisioning::config {

using base::Locale;
using base::MessageId;

namespace {

std::string shown(const toml::node& node) {
    std::ostringstream value;
    node.visit([&](const auto& concrete) { value << concrete; });
    return value.str();
}

}  // namespace

std::string another_kind(const toml::node& node) {
    return base::text(MessageId::config_is_another_kind, Locale::zh, {{"value", shown(node)}});
}

int line_of(const toml::node* node) {
    return node ? static_cast<int>(node->source().begin.line) : 0;
}

std::string in_chinese(MessageId id) {
    return std::string(base::text(id, Locale::zh));
}

SectionReader::SectionReader(std::string name, const toml::table* section, std::string folder,
                             std::vector<Problem>& problems)
    : name_(std::move(name)), section_(section), folder_(std::move(folder)), problems_(problems) {}

void SectionReader::report(std::string_view key, std::string found, std::string expected) {
    const toml::node* node = section_ ? section_->get(key) : nullptr;
    problems_.push_back({name_ + "." + std::string(key), std::move(found), std::move(expected),
                         line_of(node ? node : section_)});
}

const toml::node* SectionReader::find(std::string_view key) {
    known_.emplace(key);
    return section_ ? section_->get(key) : nullptr;
}

void SectionReader::text(std::string_view key, std::string& out, Presence presence) {
    const toml::node* node = find(key);
    const bool required = presence == Presence::required;
    if (!node) {
        if (section_ && required)
            report(key, in_chinese(MessageId::config_is_missing),
                   in_chinese(MessageId::config_expects_text));
        return;
    }
    const auto value = node->value_exact<std::string>();
    if (!value) {
        report(key, another_kind(*node), in_chinese(MessageId::config_expects_text));
    } else if (value->empty() && required) {
        report(key, in_chinese(MessageId::config_is_empty),
               in_chinese(MessageId::config_expects_text));
    } else {
        out = *value;
    }
}

void SectionReader::path(std::string_view key, std::string& out, Presence presence) {
    std::string value;
    text(key, value, presence);
    if (value.empty()) return;
    out = (std::filesystem::path(folder_) / value).lexically_normal().string();
}

void SectionReader::whole_number_64(std::string_view key, std::int64_t& out, std::int64_t least,
                                    std::int64_t most) {
    const toml::node* node = find(key);
    if (!node) return;
    const std::string expected =
        base::text(MessageId::config_expects_whole_number, Locale::zh,
                   {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    const auto value = node->value_exact<std::int64_t>();
    if (!value) {
        report(key, another_kind(*node), expected);
    } else if (*value < least || *value > most) {
        report(key, std::to_string(*value), expected);
    } else {
        out = *value;
    }
}

void SectionReader::number(std::string_view key, double& out, double least, double most) {
    const toml::node* node = find(key);
    if (!node) return;
    const std::string expected =
        base::text(MessageId::config_expects_number, Locale::zh,
                   {{"least", fmt::format("{}", least)}, {"most", fmt::format("{}", most)}});
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value) {
        report(key, another_kind(*node), expected);
    } else if (!(*value >= least && *value <= most)) {  // nan is outside, too
        report(key, fmt::format("{}", *value), expected);
    } else {
        out = *value;
    }
}

void SectionReader::flag(std::string_view key, bool& out) {
    const toml::node* node = find(key);
    if (!node) return;
    if (const auto value = node->value_exact<bool>())
        out = *value;
    else
        report(key, another_kind(*node), in_chinese(MessageId::config_expects_flag));
}

void SectionReader::finish() {
    if (!section_) return;
    for (const auto& [key, node] : *section_) {
        if (known_.contains(key.str())) continue;
        report(key.str(), shown(node), in_chinese(MessageId::config_expects_known_key));
    }
}

}  // namespace provisioning::config

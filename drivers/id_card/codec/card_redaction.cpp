#include "drivers/id_card/codec/card_redaction.hpp"

#include "base/secret.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_frames.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/codec/card_record_layout.hpp"

#include <algorithm>
#include <utility>

namespace drivers::id_card {

namespace {

using usb::Exchange;

constexpr std::uint8_t picture_pattern = 0x57;

// Replies to these name no person and no card.
bool is_about_the_module(Command command) {
    return command == reset_sam || command == sam_status || command == read_sam_id ||
           command.command == set_serial_speed(0).command ||
           command.command == set_largest_radio_frame.command;
}

base::Bytes redacted_text(base::ByteView text) {
    const auto original = decode_record(text, {});
    base::Bytes other(text.size(), 0);
    if (original && original->type != domain::CardType::unknown)
        if (auto made = encode_record(stand_in(original->type));
            made && made->size() == text.size())
            return std::move(*made);
    // Of an unknown kind only the kind is kept.
    if (text.size() > type_offset + 1) {
        other[type_offset] = text[type_offset];
        other[type_offset + 1] = text[type_offset + 1];
    }
    return other;
}

// Bytes of a reply's data, with what stands in them replaced; the same size.
base::Bytes redacted_data(Command command, base::ByteView data) {
    base::Bytes other(data.size(), 0);
    const auto put = [&](base::ByteView part, const base::Bytes& by) {
        std::copy(by.begin(), by.end(), other.begin() + (part.data() - data.data()));
    };
    const bool with_fingerprints = command == read_text_photo_and_fingerprints;
    if (command == read_text_and_photo || with_fingerprints) {
        const auto parts =
            with_fingerprints ? split_passing_over_fingerprints(data) : split_text_and_photo(data);
        if (!parts) return other;
        // The length words before the text stay, a pattern stands in the place of all pictures.
        std::fill(other.begin(), other.end(), picture_pattern);
        const auto head = parts->text.data() - data.data();
        std::copy_n(data.begin(), head, other.begin());
        put(parts->text, redacted_text(parts->text));
    } else if (command == read_newest_address) {
        auto address = base::utf16le_from_utf8(stand_in(domain::CardType::resident).address);
        address.resize(std::min(address.size(), data.size()));
        while (address.size() + 1 < data.size()) address.insert(address.end(), {0x20, 0x00});
        put(data, address);
    }
    return other;
}

// What came in answer to one command, in the order in which it came.
struct Heard {
    Command command;
    std::vector<Exchange*> pieces;

    base::Bytes together() const {
        base::Bytes all;
        for (const auto* piece : pieces)
            all.insert(all.end(), piece->bytes.begin(), piece->bytes.end());
        return all;
    }
    void put_back(const base::Bytes& all) {
        std::size_t at = 0;
        for (auto* piece : pieces)
            for (auto& byte : piece->bytes) byte = all[at++];
    }
};

std::optional<std::size_t> frame_size(base::ByteView stream) {
    for (std::size_t size = 1; size <= stream.size(); ++size) {
        const auto missing = missing_from_reply(stream.first(size));
        if (!missing) return std::nullopt;
        if (*missing == 0) return size;
    }
    return std::nullopt;
}

void redact(Heard& heard) {
    if (heard.pieces.empty() || is_about_the_module(heard.command)) return;
    auto stream = heard.together();
    // What is left behind a frame, and what is no frame, may be anybody's.
    base::Bytes other(stream.size(), 0);
    const auto size = frame_size(stream);
    const auto reply = size ? decode_reply(base::ByteView(stream).first(*size))
                            : base::Result<Reply>(base::fail(base::FaultCode::CardFrameGarbled));
    if (reply) {
        const auto frame = encode(
            Reply{reply->sw1, reply->sw2, reply->sw3, redacted_data(heard.command, reply->data)});
        // A first byte that was lost stays lost (quirk Q1); noise before the preamble becomes
        // zeros.
        const auto skipped =
            static_cast<std::ptrdiff_t>(*size) - static_cast<std::ptrdiff_t>(frame.size());
        if (skipped >= 0)
            std::copy(frame.begin(), frame.end(), other.begin() + skipped);
        else
            std::copy(frame.begin() - skipped, frame.end(), other.begin());
    }
    heard.put_back(other);
    base::wipe(stream);
}

}  // namespace

domain::IdCardRecord stand_in(domain::CardType type) {
    domain::IdCardRecord someone;
    someone.type = type;
    someone.name = "样例人";
    someone.sex_code = "1";
    someone.birth_yyyymmdd = "19500101";
    someone.valid_from_yyyymmdd = "20110101";
    switch (type) {
        case domain::CardType::resident:
        case domain::CardType::hk_macao_taiwan:
        case domain::CardType::unknown:
            if (type == domain::CardType::resident) someone.ethnicity_code = "01";
            someone.address = "样例省样例市样例路1号";
            someone.number = "000101195001010011";
            someone.authority = "样例县公安局";
            someone.valid_until = type == domain::CardType::resident ? "长期" : "20310101";
            break;
        case domain::CardType::foreigner_2017:
        case domain::CardType::foreigner_2023:
            someone.english_name = "SAMPLE PERSON";
            someone.number = "ZZZ000050010100";
            someone.nationality = "ZZZ";
            someone.valid_until = "20310101";
            break;
    }
    return someone;
}

usb::Recording without_people(usb::Recording recording) {
    Heard heard;
    base::Bytes sent;
    for (auto& one : recording.exchanges) {
        if (one.kind == Exchange::Kind::in) {
            heard.pieces.push_back(&one);
            continue;
        }
        redact(heard);
        heard.pieces.clear();
        if (one.kind != Exchange::Kind::out) {
            sent.clear();
            heard.command = {};
            continue;
        }
        // A command may be sent in two pipes or filled up to a report.
        if (one.bytes.size() >= preamble.size() &&
            std::equal(preamble.begin(), preamble.end(), one.bytes.begin()))
            sent.clear();
        sent.insert(sent.end(), one.bytes.begin(), one.bytes.end());
        heard.command = {};
        if (sent.size() > header_size) {
            const auto whole = header_size + (static_cast<std::size_t>(sent[5]) << 8) + sent[6];
            if (whole <= sent.size())
                if (const auto command = decode_command(base::ByteView(sent).first(whole)))
                    heard.command = *command;
        }
    }
    redact(heard);
    return recording;
}

}  // namespace drivers::id_card

#include "offline/sealing/opening.hpp"
#include "offline/sealing/streams/sealed_stream.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;

class stream_promises : public EverySuite {
  protected:
    sealing::StreamPlace place{domain::SubId::draw(), base::random_bytes<16>()};

    struct Sealed {
        base::Bytes bytes;
        sealing::Digest digest{};
        std::int64_t length = 0;
    };
    Sealed sealed(const base::Bytes& content, std::size_t piece = 100'000) {
        auto sealer = sealing::StreamSealer::begin(world.realm,
                                                   world.keys().sealing_key(start).value(), place)
                          .value();
        Sealed out;
        const auto take = [&](const base::Bytes& more) {
            out.bytes.insert(out.bytes.end(), more.begin(), more.end());
        };
        for (base::ByteView rest(content); !rest.empty();) {
            const auto part = rest.first(std::min(piece, rest.size()));
            take(sealer.append(part).value());
            rest = rest.subspan(part.size());
        }
        take(sealer.finish().value());
        out.length = sealer.length();
        out.digest = sealer.digest();
        return out;
    }
    sealing::StreamOpener opener(const World& of, const sealing::StreamPlace& at) {
        return {of.realm, at, [&of](std::string_view kid) { return of.intake.sealing_pair(kid); }};
    }
    base::Result<base::Bytes> opened(base::ByteView bytes, std::size_t piece = 70'001) {
        auto reader = opener(world, place);
        base::Bytes out;
        while (!bytes.empty()) {
            const auto part = bytes.first(std::min(piece, bytes.size()));
            const auto more = TRY(reader.append(part));
            out.insert(out.end(), more.begin(), more.end());
            bytes = bytes.subspan(part.size());
        }
        TRY_STATUS(reader.finish());
        return out;
    }
    base::Bytes content(std::size_t size) {
        base::Bytes out(size);
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
        return out;
    }
    std::size_t record() const { return sealing::stream_record_bytes + suite.record_overhead(); }
    std::size_t head() const { return 14 + suite.wrapped_bytes() + suite.stream_beginning_bytes(); }
    base::Bytes with_records_in_order(const base::Bytes& bytes, std::vector<std::size_t> order) {
        base::Bytes out(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(head()));
        for (const auto i : order) {
            const auto part = base::ByteView(bytes).subspan(head() + i * record(), record());
            out.insert(out.end(), part.begin(), part.end());
        }
        return out;
    }
};
INSTANTIATE_TEST_SUITE_P(suite, stream_promises, both_suites, suite_name);

TEST_P(stream_promises, what_goes_in_in_any_pieces_comes_out_the_same) {
    for (const std::size_t size : {0u, 1u, 65'535u, 65'536u, 65'537u, 200'000u})
        for (const std::size_t piece : {std::size_t{9973}, std::size_t{1} << 20}) {
            const auto stream = sealed(content(size), piece);
            ASSERT_EQ(opened(stream.bytes, piece).value(), content(size)) << size;
            EXPECT_EQ(stream.length, static_cast<std::int64_t>(stream.bytes.size()));
            EXPECT_EQ(stream.digest, suite.digest(stream.bytes));
        }
    EXPECT_EQ(opened(sealed(content(3)).bytes, 1).value(), content(3));
}

TEST_P(stream_promises, sizes_of_streams_are_multiples_of_64_KiB) {
    EXPECT_EQ(sealed(content(0)).bytes.size(), sealed(content(65'535)).bytes.size());
    EXPECT_EQ(sealed(content(65'536)).bytes.size(), head() + 2 * record());
    EXPECT_EQ(sealed(content(65'536)).bytes.size(), sealed(content(131'071)).bytes.size());
}

TEST_P(stream_promises, a_stream_cut_at_any_record_is_noticed) {
    const auto stream = sealed(content(200'000)).bytes;
    for (std::size_t records = 0; records < 4; ++records) {
        const auto cut = base::ByteView(stream).first(head() + records * record());
        EXPECT_EQ(opened(cut).error().code, FaultCode::SealBroken) << records;
        EXPECT_EQ(opened(base::ByteView(stream).first(cut.size() + 1)).error().code,
                  FaultCode::SealBroken);
        if (records > 0) {
            EXPECT_FALSE(opened(cut.first(cut.size() - 1)));
        }
    }
    EXPECT_FALSE(opened({}));
    EXPECT_FALSE(opened(base::ByteView(stream).first(13)));
    auto longer = stream;
    longer.push_back(0);
    EXPECT_EQ(opened(longer).error().code, FaultCode::SealBroken) << "bytes after the end";
}

TEST_P(stream_promises, records_of_a_stream_cannot_change_places) {
    const auto stream = sealed(content(200'000)).bytes;
    ASSERT_TRUE(opened(with_records_in_order(stream, {0, 1, 2, 3})));
    for (const auto& order : std::vector<std::vector<std::size_t>>{
             {1, 0, 2, 3}, {0, 2, 1, 3}, {0, 0, 1, 2, 3}, {0, 2, 3}, {3}, {0, 1, 3}, {0, 1, 2, 2}})
        EXPECT_FALSE(opened(with_records_in_order(stream, order)));
}

TEST_P(stream_promises, a_stream_of_another_submission_attachment_or_intake_does_not_open) {
    const auto stream = sealed(content(10)).bytes;
    const auto fault = [&](const World& of, const sealing::StreamPlace& at) {
        return opener(of, at).append(stream).error().code;
    };
    EXPECT_EQ(fault(world, {domain::SubId::draw(), place.attachment}), FaultCode::SealBroken);
    EXPECT_EQ(fault(world, {place.sub_id, {}}), FaultCode::SealBroken);
    EXPECT_EQ(fault(other, place), FaultCode::KeyUnknown);
    World service(GetParam());
    service.realm = domain::Realm::service;
    EXPECT_EQ(fault(service, place), FaultCode::RealmMismatch);
}

TEST_P(stream_promises, a_changed_byte_anywhere_is_noticed) {
    const auto stream = sealed(content(70'000)).bytes;
    for (std::size_t i = 0; i < stream.size(); i += i < head() + 4 ? 1 : 4999) {
        auto changed = stream;
        changed[i] ^= 1;
        EXPECT_FALSE(opened(changed)) << "byte " << i;
    }
}

TEST_P(stream_promises, no_byte_of_the_content_stands_in_the_stream) {
    const base::Bytes name = base::to_bytes(std::string(500, 'x') + "王秀兰");
    const auto stream = sealed(name).bytes;
    EXPECT_EQ(base::as_text(stream).find("王秀兰"), std::string_view::npos);
    EXPECT_EQ(base::as_text(stream).find("xxxxxx"), std::string_view::npos);
}

}  // namespace

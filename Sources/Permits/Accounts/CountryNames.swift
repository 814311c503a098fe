extension Country {
    /// ISO 3166-1 alpha-3 codes with the name in Indonesian and, where it differs, in English (names of Unicode CLDR, as
    /// people say them). Without Indonesia, whose citizens have an NIK, and without places that have no inhabitants.
    static let names = """
        ABW Aruba
        AFG Afganistan|Afghanistan
        AGO Angola
        AIA Anguilla
        ALA Kepulauan Aland|Åland Islands
        ALB Albania
        AND Andorra
        ARE Uni Emirat Arab|United Arab Emirates
        ARG Argentina
        ARM Armenia
        ASM Samoa Amerika|American Samoa
        ATG Antigua dan Barbuda|Antigua and Barbuda
        AUS Australia
        AUT Austria
        AZE Azerbaijan
        BDI Burundi
        BEL Belgia|Belgium
        BEN Benin
        BES Belanda Karibia|Caribbean Netherlands
        BFA Burkina Faso
        BGD Bangladesh
        BGR Bulgaria
        BHR Bahrain
        BHS Bahama|Bahamas
        BIH Bosnia dan Herzegovina|Bosnia and Herzegovina
        BLM Saint Barthélemy|St. Barthélemy
        BLR Belarus
        BLZ Belize
        BMU Bermuda
        BOL Bolivia
        BRA Brasil|Brazil
        BRB Barbados
        BRN Brunei Darussalam
        BTN Bhutan
        BWA Botswana
        CAF Republik Afrika Tengah|Central African Republic
        CAN Kanada|Canada
        CCK Kepulauan Cocos (Keeling)|Cocos (Keeling) Islands
        CHE Swiss|Switzerland
        CHL Cile|Chile
        CHN Tiongkok|China
        CIV Côte d'Ivoire
        CMR Kamerun|Cameroon
        COD Republik Demokratik Kongo|Democratic Republic of the Congo
        COG Republik Kongo|Republic of the Congo
        COK Kepulauan Cook|Cook Islands
        COL Kolombia|Colombia
        COM Komoro|Comoros
        CPV Tanjung Verde|Cape Verde
        CRI Kosta Rika|Costa Rica
        CUB Kuba|Cuba
        CUW Curaçao
        CXR Pulau Christmas|Christmas Island
        CYM Kepulauan Cayman|Cayman Islands
        CYP Siprus|Cyprus
        CZE Ceko|Czechia
        DEU Jerman|Germany
        DJI Jibuti|Djibouti
        DMA Dominika|Dominica
        DNK Denmark
        DOM Republik Dominika|Dominican Republic
        DZA Aljazair|Algeria
        ECU Ekuador|Ecuador
        EGY Mesir|Egypt
        ERI Eritrea
        ESH Sahara Barat|Western Sahara
        ESP Spanyol|Spain
        EST Estonia
        ETH Etiopia|Ethiopia
        FIN Finlandia|Finland
        FJI Fiji
        FLK Kepulauan Falkland|Falkland Islands
        FRA Prancis|France
        FRO Kepulauan Faroe|Faroe Islands
        FSM Mikronesia|Micronesia
        GAB Gabon
        GBR Inggris Raya|United Kingdom
        GEO Georgia
        GGY Guernsey
        GHA Ghana
        GIB Gibraltar
        GIN Guinea
        GLP Guadeloupe
        GMB Gambia
        GNB Guinea-Bissau
        GNQ Guinea Ekuatorial|Equatorial Guinea
        GRC Yunani|Greece
        GRD Grenada
        GRL Greenland
        GTM Guatemala
        GUF Guyana Prancis|French Guiana
        GUM Guam
        GUY Guyana
        HKG Hong Kong
        HND Honduras
        HRV Kroasia|Croatia
        HTI Haiti
        HUN Hungaria|Hungary
        IMN Pulau Man|Isle of Man
        IND India
        IRL Irlandia|Ireland
        IRN Iran
        IRQ Irak|Iraq
        ISL Islandia|Iceland
        ISR Israel
        ITA Italia|Italy
        JAM Jamaika|Jamaica
        JEY Jersey
        JOR Yordania|Jordan
        JPN Jepang|Japan
        KAZ Kazakhstan
        KEN Kenya
        KGZ Kirgizstan|Kyrgyzstan
        KHM Kamboja|Cambodia
        KIR Kiribati
        KNA Saint Kitts dan Nevis|St. Kitts and Nevis
        KOR Korea Selatan|South Korea
        KWT Kuwait
        LAO Laos
        LBN Lebanon
        LBR Liberia
        LBY Libya
        LCA Saint Lucia|St. Lucia
        LIE Liechtenstein
        LKA Sri Lanka
        LSO Lesotho
        LTU Lituania|Lithuania
        LUX Luksemburg|Luxembourg
        LVA Latvia
        MAC Makau|Macao
        MAF Saint Martin|St. Martin
        MAR Maroko|Morocco
        MCO Monako|Monaco
        MDA Moldova
        MDG Madagaskar|Madagascar
        MDV Maladewa|Maldives
        MEX Meksiko|Mexico
        MHL Kepulauan Marshall|Marshall Islands
        MKD Makedonia Utara|North Macedonia
        MLI Mali
        MLT Malta
        MMR Myanmar
        MNE Montenegro
        MNG Mongolia
        MNP Kepulauan Mariana Utara|Northern Mariana Islands
        MOZ Mozambik|Mozambique
        MRT Mauritania
        MSR Montserrat
        MTQ Martinik|Martinique
        MUS Mauritius
        MWI Malawi
        MYS Malaysia
        MYT Mayotte
        NAM Namibia
        NCL Kaledonia Baru|New Caledonia
        NER Niger
        NFK Pulau Norfolk|Norfolk Island
        NGA Nigeria
        NIC Nikaragua|Nicaragua
        NIU Niue
        NLD Belanda|Netherlands
        NOR Norwegia|Norway
        NPL Nepal
        NRU Nauru
        NZL Selandia Baru|New Zealand
        OMN Oman
        PAK Pakistan
        PAN Panama
        PCN Kepulauan Pitcairn|Pitcairn Islands
        PER Peru
        PHL Filipina|Philippines
        PLW Palau
        PNG Papua Nugini|Papua New Guinea
        POL Polandia|Poland
        PRI Puerto Riko|Puerto Rico
        PRK Korea Utara|North Korea
        PRT Portugal
        PRY Paraguay
        PSE Palestina|Palestine
        PYF Polinesia Prancis|French Polynesia
        QAT Qatar
        REU Réunion
        ROU Rumania|Romania
        RUS Rusia|Russia
        RWA Rwanda
        SAU Arab Saudi|Saudi Arabia
        SDN Sudan
        SEN Senegal
        SGP Singapura|Singapore
        SHN Saint Helena|St. Helena
        SJM Kepulauan Svalbard dan Jan Mayen|Svalbard and Jan Mayen
        SLB Kepulauan Solomon|Solomon Islands
        SLE Sierra Leone
        SLV El Salvador
        SMR San Marino
        SOM Somalia
        SPM Saint Pierre dan Miquelon|St. Pierre and Miquelon
        SRB Serbia
        SSD Sudan Selatan|South Sudan
        STP Sao Tome dan Principe|São Tomé and Príncipe
        SUR Suriname
        SVK Slovakia
        SVN Slovenia
        SWE Swedia|Sweden
        SWZ Eswatini
        SXM Sint Maarten
        SYC Seychelles
        SYR Suriah|Syria
        TCA Kepulauan Turks dan Caicos|Turks and Caicos Islands
        TCD Chad
        TGO Togo
        THA Thailand
        TJK Tajikistan
        TKL Tokelau
        TKM Turkmenistan
        TLS Timor Leste|Timor-Leste
        TON Tonga
        TTO Trinidad dan Tobago|Trinidad and Tobago
        TUN Tunisia
        TUR Turki|Türkiye
        TUV Tuvalu
        TWN Taiwan
        TZA Tanzania
        UGA Uganda
        UKR Ukraina|Ukraine
        URY Uruguay
        USA Amerika Serikat|United States
        UZB Uzbekistan
        VAT Vatikan|Vatican City
        VCT Saint Vincent dan Grenadine|St. Vincent and Grenadines
        VEN Venezuela
        VGB Kepulauan Virgin Inggris|British Virgin Islands
        VIR Kepulauan Virgin Amerika|U.S. Virgin Islands
        VNM Vietnam
        VUT Vanuatu
        WLF Kepulauan Wallis dan Futuna|Wallis and Futuna
        WSM Samoa
        YEM Yaman|Yemen
        ZAF Afrika Selatan|South Africa
        ZMB Zambia
        ZWE Zimbabwe
        """
}
